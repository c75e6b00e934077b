package io.pmemcheckj.maven;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Writes the report and fails the build for findings, and for traces that cannot be trusted or are missing. */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class CheckMojo extends ReplayMojo {

    /** From which severity on findings fail the build: {@code error}, {@code warning}, {@code note} or {@code never}. */
    @Parameter(property = "pmemcheck-j.failOn")
    private String failOn;

    @Override
    String failOn() {
        return failOn;
    }
}
