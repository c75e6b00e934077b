package io.pmemcheckj.cli;

import io.pmemcheckj.findings.Report;
import io.pmemcheckj.models.ModelCompiler;
import io.pmemcheckj.models.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The models that the user adds, checked, and compiled to a temporary file for the agent. */
final class ModelFiles implements AutoCloseable {
    private final List<String> libraries;
    private final Path compiled;

    private ModelFiles(List<String> libraries, Path compiled) {
        this.libraries = libraries;
        this.compiled = compiled;
    }

    /**
     * Compiles models.
     *
     * @return lines for the agent
     * @throws CommandException when a file is no model
     */
    static List<String> check(List<Path> files) {
        try {
            return ModelCompiler.compile(files);
        } catch (ModelException e) {
            throw CommandException.usage("--models " + e.getMessage());
        }
    }

    /**
     * Writes models for the agent.
     *
     * @param lines what {@link #check} returned
     * @throws CommandException when the temporary file cannot be written
     */
    static ModelFiles write(List<String> lines) {
        List<String> libraries = ModelCompiler.libraries(lines);
        if (libraries.isEmpty()) {
            return new ModelFiles(libraries, null);
        }
        try {
            Path file = Files.createTempFile("pmemcheck-j", ".models");
            file.toFile().deleteOnExit();
            Files.write(file, lines);
            return new ModelFiles(libraries, file);
        } catch (IOException e) {
            throw CommandException.untrusted(
                    "cannot write the compiled models to the temporary folder: " + Console.reason(e));
        }
    }

    /** What the agent is told, with nothing where there are no models. */
    List<String> agentOptions() {
        return compiled == null ? List.of() : List.of("models=" + compiled);
    }

    /** Says of which of the models nothing was met: a slip in a name may be why. */
    void sayUnused(Report report, Console console) {
        for (String library : libraries) {
            boolean met = report.run().libraries().stream()
                    .anyMatch(each -> each.name().equals(library));
            boolean misfit = report.run().problems().stream()
                    .anyMatch(problem -> problem.contains("the model of " + library + " "));
            if (!met && !misfit) {
                console.say("--models: the model of " + library + " was not used, as none of its classes was loaded and"
                        + " none of its functions looked up");
            }
        }
    }

    @Override
    public void close() {
        try {
            if (compiled != null) {
                Files.deleteIfExists(compiled);
            }
        } catch (IOException e) {
            // A leftover in a temporary folder.
        }
    }
}
