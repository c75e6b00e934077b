package io.pmemcheckj.models;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A model file as it is written.
 *
 * @param library name of the library, for messages
 * @param artifact Maven coordinates {@code group:artifact} that the versions are those of, or null
 * @param versions range of versions in Maven's notation, or null for all
 * @param transparentNames packages and classes whose callers are to be named instead of them
 * @param methods methods of Java classes
 * @param functions native functions that Java code calls by {@code java.lang.foreign}
 */
record Model(
        String library,
        String artifact,
        String versions,
        @JsonProperty("transparent") List<String> transparentNames,
        List<Method> methods,
        List<Function> functions) {

    Model {
        transparentNames = transparentNames == null ? List.of() : transparentNames;
        methods = methods == null ? List.of() : methods;
        functions = functions == null ? List.of() : functions;
    }

    /**
     * What a method does, or several.
     *
     * @param owner binary name of the class that declares it
     * @param method its name; {@code *} stands for any characters
     * @param descriptor descriptor as javap -s shows it, or null for all methods of the name
     * @param internal whether the stores and flushes of its body are the library's own business
     * @param fails when it failed, as an expression, or null
     * @param events each a kind and its operands, and perhaps {@code if} and {@code when}
     */
    record Method(
            String owner,
            String method,
            String descriptor,
            boolean internal,
            String fails,
            List<Map<String, JsonNode>> events) {}

    /**
     * What native functions do.
     *
     * @param names of the functions that do this
     * @param fails when a call failed, as an expression, or null
     * @param events as of a method
     */
    record Function(@JsonProperty("function") List<String> names, String fails, List<Map<String, JsonNode>> events) {}
}
