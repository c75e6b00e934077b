package io.pmemcheckj.agent.jfr;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name(FlightEvent.PREFIX + "Transaction")
@Label("Transaction")
@Description("A transaction, from its outermost begin to its outermost end")
final class TransactionEvent extends PlacedEvent {
    @Label("Transaction Id")
    @Description("The id that the program gave it, 0 where it gave none")
    long id;

    @Label("Kind")
    @Description("own (of the thread), named (by an id) or undo-log (of a library)")
    String kind;

    @Label("Ranges Logged")
    @Description("Number of ranges added to it")
    int rangesLogged;

    @Label("Bytes Logged")
    @Description("Sum of the sizes of these ranges")
    @DataAmount
    long bytesLogged;

    @Label("Outcome")
    @Description("committed or aborted")
    String outcome;
}
