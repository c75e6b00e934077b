package io.pmemcheckj.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the project file; apart from its only caller so that YAML is loaded only where there is one. */
final class ProjectFile {
    private ProjectFile() {}

    /** @throws CommandException when it is not YAML of keys and values */
    static Map<?, ?> read(Path file) throws IOException {
        Object content;
        try {
            content = new YAMLMapper().readValue(Files.readString(file), Object.class);
        } catch (JacksonException e) {
            throw CommandException.usage(
                    file.getFileName() + ": line " + e.getLocation().getLineNr() + " is not valid YAML");
        }
        if (content == null) {
            return Map.of();
        }
        if (!(content instanceof Map<?, ?> map)) {
            throw CommandException.usage(file.getFileName() + ": write one 'option: value' a line");
        }
        return map;
    }
}
