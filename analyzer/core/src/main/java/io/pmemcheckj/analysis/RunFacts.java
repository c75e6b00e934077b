package io.pmemcheckj.analysis;
import java.util.List;
public record RunFacts(String toolVersion, List<String> command, String java, Integer exitCode, long durationMs, long traceBytes, List<String> problems) {}
