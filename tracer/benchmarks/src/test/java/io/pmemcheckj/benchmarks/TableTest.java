package io.pmemcheckj.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pmemcheckj.benchmarks.Table.Limit;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void aDifferenceIsLimitedInTheUnitOfTheLine() {
        assertTrue(new Table("store", "ns", 1.0, 11.0, Limit.difference(10)).withinLimit());
        assertFalse(new Table("store", "ns", 1.0, 11.1, Limit.difference(10)).withinLimit());
    }

    @Test
    void aRatioIsLimitedWhateverTheUnit() {
        assertTrue(new Table("record", "ns", 100, 150, Limit.ratio(1.5)).withinLimit());
        assertFalse(new Table("record", "ns", 100, 151, Limit.ratio(1.5)).withinLimit());
    }

    @Test
    void aLineOverItsLimitSaysSo() {
        assertTrue(new Table("start", "s", 0.1, 0.9, Limit.difference(0.6))
                .toString()
                .endsWith("| NO |"));
    }

    @Test
    void theMedianIgnoresOneOutlier() {
        assertEquals(2.0, Benchmarks.median(new double[] {100.0, 1.0, 2.0}));
    }
}
