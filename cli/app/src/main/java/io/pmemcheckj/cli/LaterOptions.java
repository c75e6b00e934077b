package io.pmemcheckj.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Options that have their name already but no function yet: said so, rather than called unknown or ignored. */
final class LaterOptions {
    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--suppressions", hidden = true, paramLabel = "FILE")
    void suppressions(String value) {
        reject("--suppressions", value);
    }

    @Option(names = "--baseline", hidden = true, paramLabel = "FILE")
    void baseline(String value) {
        reject("--baseline", value);
    }

    @Option(names = "--write-baseline", hidden = true, paramLabel = "FILE")
    void writeBaseline(String value) {
        reject("--write-baseline", value);
    }

    /** picocli sets every option to null before it parses. */
    private void reject(String option, Object value) {
        if (value != null && !Boolean.FALSE.equals(value)) {
            throw new ParameterException(spec.commandLine(), option + " is not available in this version");
        }
    }
}
