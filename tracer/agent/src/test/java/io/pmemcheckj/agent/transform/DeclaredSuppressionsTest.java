package io.pmemcheckj.agent.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pmemcheckj.api.PersistOrder;
import io.pmemcheckj.api.SuppressPmem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DeclaredSuppressionsTest {
    private static final String HERE = DeclaredSuppressionsTest.class.getName();

    @SuppressPmem(
            rule = {"unflushed-store", "torn-store"},
            reason = "a cache")
    @PersistOrder(first = "a", then = "b")
    static class OnType {
        @SuppressPmem(rule = "redundant-flush", reason = "cheap", until = "2027-01-31")
        @SuppressPmem(rule = "redundant-fence", reason = "")
        OnType() {}
    }

    @Test
    void ofTypesAndConstructors() throws IOException {
        Map<String, String> properties = new TreeMap<>();
        String type = HERE + "$OnType";
        try (InputStream in = OnType.class.getResourceAsStream("/" + type.replace('.', '/') + ".class")) {
            ApiAnnotations.read(
                    in.readAllBytes(),
                    (annotation, name, method, values) ->
                            DeclaredSuppressions.annotated(annotation, name, method, values, properties::put));
        }

        assertEquals(
                Map.of(
                        "suppress:unflushed-store " + type, "a cache",
                        "suppress:torn-store " + type, "a cache",
                        "suppress:redundant-flush " + type + "#<init>", "cheap",
                        "suppress-until:redundant-flush " + type + "#<init>", "2027-01-31",
                        "suppress:redundant-fence " + type + "#<init>", ""),
                properties);
    }
}
