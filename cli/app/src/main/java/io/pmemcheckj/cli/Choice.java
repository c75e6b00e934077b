package io.pmemcheckj.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** An option that takes one of a few words. */
final class Choice {
    private Choice() {}

    static <E extends Enum<E>> E of(String option, String value, E[] constants) {
        List<String> words = Stream.of(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        of(option, value, words);
        return constants[words.indexOf(value)];
    }

    static void of(String option, String value, List<String> words) {
        if (!words.contains(value)) {
            throw CommandException.usage(option + " takes " + String.join(", ", words) + "; not '" + value + "'");
        }
    }
}
