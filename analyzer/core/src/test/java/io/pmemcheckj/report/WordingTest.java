package io.pmemcheckj.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1, 1 byte",
        "1023, '1,023 bytes'",
        "1024, 1.0 KiB",
        "1572864, 1.5 MiB",
        "9223372036854775807, 8.0 EiB",
    })
    void sizesAreReadAtAGlance(long bytes, String words) {
        assertEquals(words, Wording.size(bytes));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 ms", "999, 999 ms", "1834, 1.8 s", "720000, 12 min"})
    void timesAreReadAtAGlance(long ms, String words) {
        assertEquals(words, Wording.duration(ms));
    }

    @ParameterizedTest
    @CsvSource({"1, once", "2, 2 times", "5000, '5,000 times'"})
    void occurrencesAreWords(long number, String words) {
        assertEquals(words, Wording.times(number));
    }
}
