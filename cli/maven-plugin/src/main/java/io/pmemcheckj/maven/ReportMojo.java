package io.pmemcheckj.maven;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/** Writes the report; findings do not fail the build, traces that cannot be trusted or are missing do. */
@Mojo(name = "report", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class ReportMojo extends ReplayMojo {

    @Override
    String failOn() {
        return NEVER;
    }
}
