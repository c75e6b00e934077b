package io.pmemcheckj.junit;

import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;

/**
 * Sets up what {@link Gate} needs, if it is asked for: that Jupiter looks for extensions, that tests run one after the other, and
 * that the JVM is traced before the first test class is loaded. Found as a service.
 */
public final class GateListener implements LauncherDiscoveryListener {
    private static final String AUTODETECTION = "junit.jupiter.extensions.autodetection.";
    private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";

    /** Called by the launcher. */
    public GateListener() {}

    @Override
    public void launcherDiscoveryStarted(LauncherDiscoveryRequest request) {
        ConfigurationParameters parameters = request.getConfigurationParameters();
        if (!parameters.getBoolean(Gate.PARAMETER).orElse(false)) {
            return;
        }
        if (!parameters.getBoolean(AUTODETECTION + "enabled").orElse(false)) {
            System.setProperty(AUTODETECTION + "enabled", "true");
            if (parameters.get(AUTODETECTION + "include").isEmpty()) {
                System.setProperty(AUTODETECTION + "include", Gate.class.getName()); // Jupiter before 5.12 takes all
            }
        }
        System.setProperty(PARALLEL, "false");
        Attachment.ensure(); // a failure is told by each test
    }
}
