package io.pmemcheckj.cli.programs;

import java.io.IOException;

/** Leaves a child behind that holds stdin, stdout and stderr open for a minute. */
public final class Parent {
    private Parent() {}

    public static void main(String[] args) throws IOException {
        Process child = new ProcessBuilder("sleep", "60").inheritIO().start();
        System.out.println(child.pid());
    }
}
