package io.pmemcheckj.agent.jfr;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name(FlightEvent.PREFIX + "Finding")
@Label("Finding")
@Description("A finding occurred for the first time; later occurrences are counted in the report")
@StackTrace(false)
final class FindingEvent extends FlightEvent {
    @Label("Rule")
    String rule;

    @Label("Severity")
    @Description("error, warning or note")
    String severity;

    @Label("Fingerprint")
    @Description("As in the report")
    String fingerprint;

    @Label("Message")
    String message;

    @Label("Location")
    @Description("The nearest frame outside the JDK and outside libraries that a model declares transparent")
    String location;

    @Label("Stack")
    @Description("Stack of an occurrence, innermost frame first, a line each; empty where none is known")
    String stack;

    @Label("Thread")
    @Description("Name of the thread of the first occurrence")
    String thread;

    @Label("Path")
    @Description("File or segment that it concerns")
    String path;

    @Label("Offset")
    @Description("First byte that it concerns, in the file")
    long offset;

    @Label("Size")
    @Description("Length of the range that it concerns")
    @DataAmount
    long size;
}
