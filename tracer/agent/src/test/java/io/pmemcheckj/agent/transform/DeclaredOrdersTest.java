package io.pmemcheckj.agent.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pmemcheckj.api.PersistOrder;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeclaredOrdersTest {
    private static final String HERE = DeclaredOrdersTest.class.getName();

    @PersistOrder(name = "entry before tail", first = "#write", then = "tail*")
    static class OneOnType {}

    @PersistOrder(first = "a", then = "b")
    @PersistOrder(first = "Log#append", then = "org.*.Index#add")
    interface SeveralOnType {}

    static class OnMethods {
        @PersistOrder(first = "#write")
        void publish() {}

        @PersistOrder(then = "#publish")
        @PersistOrder(name = "itself", first = "")
        void write() {}
    }

    @PersistOrder(first = "a")
    static class HalfAnOrder {}

    private static List<String> orders(Class<?> type) throws IOException {
        List<String> orders = new ArrayList<>();
        try (InputStream in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            ApiAnnotations.read(
                    in.readAllBytes(),
                    (annotation, name, method, values) -> DeclaredOrders.annotated(
                            annotation,
                            name,
                            method,
                            values,
                            (title, first, then) -> orders.add(title + ": " + first + " < " + then)));
        }
        return orders;
    }

    @Test
    void ofTypes() throws IOException {
        assertEquals(List.of("entry before tail: " + HERE + "$OneOnType#write < tail*"), orders(OneOnType.class));
        assertEquals(
                List.of(": a < b", ": io.pmemcheckj.agent.transform.Log#append < org.*.Index#add"),
                orders(SeveralOnType.class));
    }

    @Test
    void whatAMethodLeavesOutIsItself() throws IOException {
        String type = HERE + "$OnMethods";
        assertEquals(
                List.of(
                        ": " + type + "#write < " + type + "#publish",
                        ": " + type + "#write < " + type + "#publish",
                        "itself: " + type + "#write < " + type + "#write"),
                orders(OnMethods.class));
    }

    @Test
    void otherClassesHaveNone() throws IOException {
        assertEquals(List.of(), orders(HalfAnOrder.class));
        assertEquals(List.of(), orders(String.class));
        assertEquals(List.of(), orders(PersistOrder.class));
    }
}
