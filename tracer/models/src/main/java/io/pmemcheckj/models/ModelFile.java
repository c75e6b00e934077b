package io.pmemcheckj.models;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads YAML into a {@link Model}. */
final class ModelFile {
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ModelFile() {}

    static Model read(Path file) throws ModelException {
        try {
            String text = Files.readString(file);
            MAPPER.readTree(text); // or errors of syntax come as errors of what they are in
            Model model = MAPPER.readValue(text, Model.class);
            if (model == null) {
                throw new ModelException(file + ": is empty");
            }
            return model;
        } catch (NoSuchFileException e) {
            throw new ModelException(file + ": no such file");
        } catch (CharacterCodingException e) {
            throw new ModelException(file + ": is not UTF-8 text");
        } catch (AccessDeniedException e) {
            throw new ModelException(file + ": permission denied");
        } catch (IOException e) {
            throw new ModelException(file + ": cannot be read as text: " + e.getMessage());
        } catch (JacksonException e) {
            throw new ModelException(file + line(e) + ": " + reason(e));
        }
    }

    private static String line(JacksonException e) {
        return e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? ""
                : ", line " + e.getLocation().getLineNr();
    }

    private static String reason(JacksonException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            String known = unknown.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .collect(Collectors.joining(", "));
            return path(e) + " is no field here; fields are " + known;
        }
        if (e instanceof MismatchedInputException && e.getPath().isEmpty()) {
            return "must have fields like library and methods";
        }
        if (e instanceof MismatchedInputException) {
            return path(e) + " has a value of the wrong kind"
                    + (path(e).endsWith("]")
                            ? " (an event without operands is written with a colon, as in '- fence:')"
                            : "");
        }
        return "not valid YAML: " + problem(e.getOriginalMessage());
    }

    /** The parser says what it was doing, where, and in a line of its own what is wrong: "found character ..." */
    private static String problem(String message) {
        return message.lines()
                .filter(line -> !line.startsWith(" "))
                .limit(3)
                .map(String::strip)
                .collect(Collectors.joining(", "));
    }

    /** As in {@code methods[0].events}. */
    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference part : e.getPath()) {
            if (part.getPropertyName() == null) {
                path.append('[').append(part.getIndex()).append(']');
            } else {
                path.append(path.length() == 0 ? "" : ".").append(part.getPropertyName());
            }
        }
        return path.toString();
    }
}
