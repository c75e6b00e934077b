package io.pmemcheckj.agent.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

@Name(FlightEvent.PREFIX + "OpenTransaction")
@Label("Open Transaction")
@Description("One of the transactions that have been open the longest")
@StackTrace(false)
final class OpenTransactionEvent extends FlightEvent {
    @Label("Transaction Id")
    @Description("The id that the program gave it, 0 where it gave none")
    long id;

    @Label("Kind")
    @Description("own (of the thread), named (by an id) or undo-log (of a library)")
    String kind;

    @Label("Open For")
    @Timespan
    long openFor;

    @Label("Ranges Logged")
    @Description("Number of ranges added to it so far")
    int rangesLogged;

    @Label("Begun By")
    @Description("Name of the thread that began it")
    String thread;

    @Label("Begun At")
    @Description("Where it began: the nearest frame outside the JDK and outside transparent libraries")
    String location;
}
