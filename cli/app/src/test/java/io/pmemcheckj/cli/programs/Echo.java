package io.pmemcheckj.cli.programs;

import java.io.IOException;
import java.util.Arrays;

/** Prints its arguments, copies stdin to stdout, and exits with 7. */
public final class Echo {
    private Echo() {}

    public static void main(String[] args) throws IOException {
        System.out.println(Arrays.toString(args));
        System.in.transferTo(System.out);
        System.out.flush();
        System.err.println("error output");
        System.exit(7);
    }
}
