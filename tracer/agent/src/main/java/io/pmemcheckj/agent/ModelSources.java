package io.pmemcheckj.agent;

import io.pmemcheckj.agent.model.Models;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where models come from: a resource that the build compiled, and files of the user. */
final class ModelSources {
    private static final String SHIPPED = "/io/pmemcheckj/models/shipped.txt";
    private static final String HEADER = "pmemcheck-j models";
    /** Not named by its class: what it needs is much, and of use in another process only. */
    private static final String COMPILER = "io.pmemcheckj.models.CompileModels";

    private ModelSources() {}

    /** @throws AgentException when a file is no model */
    static Models read(List<Path> files) throws AgentException {
        List<String> sources = new ArrayList<>();
        for (Path file : files) {
            sources.add(compiled(file));
        }
        try (InputStream in = ModelSources.class.getResourceAsStream(SHIPPED)) {
            if (in != null) {
                sources.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw AgentException.failure("cannot read the models that ship: " + e, e);
        }
        return new Models(sources);
    }

    private static String compiled(Path file) throws AgentException {
        try {
            String text = Files.readString(file);
            return text.startsWith(HEADER) ? text : compile(file);
        } catch (IOException e) {
            throw AgentException.usage("option models: cannot read " + file + " as text: " + e.getMessage());
        }
    }

    private static String compile(Path file) throws AgentException, IOException {
        Path target = Files.createTempFile("pmemcheck", ".models");
        try {
            Process process = OwnProcess.of(COMPILER, List.of(target.toString(), file.toString()))
                    .start();
            String message = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw AgentException.usage("option models: " + message);
            }
            return Files.readString(target);
        } catch (InterruptedException e) {
            throw AgentException.failure("interrupted while compiling " + file, e);
        } finally {
            Files.deleteIfExists(target);
        }
    }
}
