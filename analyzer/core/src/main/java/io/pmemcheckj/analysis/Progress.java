package io.pmemcheckj.analysis;
public record Progress(long stores, long flushes, long unpersistedBytes, long findings) {}
