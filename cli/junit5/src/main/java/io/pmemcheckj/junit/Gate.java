package io.pmemcheckj.junit;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Judges every Jupiter test as if it was {@link PmemChecked}, if the configuration parameter {@value #PARAMETER} is true. Found as a
 * service where Jupiter looks for extensions.
 */
public final class Gate extends JudgingExtension {
    static final String PARAMETER = Settings.PREFIX + "all";

    /** Called by Jupiter. */
    public Gate() {}

    @Override
    Optional<Settings> settings(ExtensionContext context) {
        boolean all = context.getConfigurationParameter(PARAMETER)
                .map(Boolean::parseBoolean)
                .orElse(false);
        return all && PmemExtension.annotation(context).isEmpty()
                ? Optional.of(Settings.of(context::getConfigurationParameter))
                : Optional.empty();
    }
}
