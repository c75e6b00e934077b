package io.pmemcheckj.cli;

import io.pmemcheckj.trace.text.TextTraceWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "dump",
        description = "Prints a trace as text, one event a line, in the order in which the events took effect."
                + " 'analyze' takes the text as well.")
final class DumpCommand implements Callable<Integer> {
    private static final int BUFFER = 1 << 16;

    private final Console console;

    @Mixin
    private HelpOption help;

    @Mixin
    private TraceArgument trace;

    DumpCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        trace.check();
        Writer out = new BufferedWriter(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8), BUFFER);
        try {
            try {
                trace.read(new TextTraceWriter(out));
            } finally {
                out.flush(); // what stands in front of the damage is of use, too
            }
            return ExitCode.CLEAN.number();
        } catch (UncheckedIOException e) {
            return stopped(e.getCause());
        } catch (IOException e) {
            return stopped(e);
        }
    }

    private int stopped(IOException e) {
        if ("Broken pipe".equals(e.getMessage())) {
            return ExitCode.CLEAN.number(); // the reader, for example head, has had enough
        }
        console.say("cannot write the dump: " + Console.reason(e));
        return ExitCode.UNTRUSTED.number();
    }
}
