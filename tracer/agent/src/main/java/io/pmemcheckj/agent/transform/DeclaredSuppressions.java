package io.pmemcheckj.agent.transform;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What {@code io.pmemcheckj.api.SuppressPmem} on a class or method means: properties of the trace, see FORMAT.md. */
public final class DeclaredSuppressions {
    private static final String ANNOTATION = "SuppressPmem";

    private DeclaredSuppressions() {}

    /**
     * Tells of a suppression; the other parameters are those of {@link ApiAnnotations.Receiver#annotated}.
     *
     * @param properties takes keys and values
     */
    public static void annotated(
            String type,
            String className,
            String method,
            Map<String, Object> values,
            BiConsumer<String, String> properties) {
        if (!type.equals(ANNOTATION) || !(values.get("rule") instanceof List<?> rules)) {
            return;
        }
        String target = method.isEmpty() ? className : className + "#" + method;
        String until = (String) values.getOrDefault("until", "");
        for (Object rule : rules) {
            if (!until.isEmpty()) {
                properties.accept("suppress-until:" + rule + " " + target, until);
            }
            properties.accept("suppress:" + rule + " " + target, String.valueOf(values.get("reason")));
        }
    }
}
