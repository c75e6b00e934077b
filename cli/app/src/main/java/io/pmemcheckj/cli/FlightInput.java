package io.pmemcheckj.cli;

import io.pmemcheckj.findings.Flight;
import io.pmemcheckj.flight.FlightException;
import io.pmemcheckj.flight.FlightFile;
import io.pmemcheckj.flight.RunIdentity;
import java.nio.file.Path;
import java.util.List;

/** A recording that is to be read. Without {@code jdk.jfr} in the Java that runs the tool nothing but this class is loaded. */
final class FlightInput {
    private final FlightFile file;

    private FlightInput(FlightFile file) {
        this.file = file;
    }

    /**
     * @param file null for none
     * @throws CommandException when it cannot be read, or is no recording
     */
    static FlightInput open(Path file) {
        if (file == null) {
            return new FlightInput(null);
        }
        try {
            return new FlightInput(FlightFile.open(file));
        } catch (FlightException e) {
            throw CommandException.usage("--jfr: " + e.getMessage());
        } catch (NoClassDefFoundError e) {
            throw CommandException.usage("--jfr: this Java has no module jdk.jfr; use a JDK to run the tool");
        }
    }

    /**
     * What the recording tells of the runs, or null where there is none.
     *
     * @param missing what is known to be missing in it
     * @throws CommandException when it is of none of them
     */
    Flight of(List<RunIdentity> runs, List<String> missing) {
        try {
            return file == null ? null : file.of(runs, missing);
        } catch (FlightException e) {
            throw CommandException.usage("--jfr: " + e.getMessage());
        }
    }
}
