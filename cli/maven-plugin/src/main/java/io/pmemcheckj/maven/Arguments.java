package io.pmemcheckj.maven;

import java.util.ArrayList;
import java.util.List;

/** Arguments of a command line, without those that nobody gave a value. */
final class Arguments {
    private final List<String> words = new ArrayList<>();

    /** @param value null for none */
    Arguments option(String name, Object value) {
        return value == null ? this : word(name + "=" + value);
    }

    /** The option once for each value. */
    Arguments options(String name, List<?> values) {
        values.forEach(value -> option(name, value));
        return this;
    }

    Arguments word(Object word) {
        words.add(word.toString());
        return this;
    }

    List<String> words() {
        return List.copyOf(words);
    }
}
