package io.pmemcheckj.cli.programs;

/** Prints without end, until stdout is closed at the other side; then exits with 0. */
public final class Flood {
    private Flood() {}

    public static void main(String[] args) {
        String line = "x".repeat(8191);
        while (!System.out.checkError()) {
            System.out.println(line);
        }
    }
}
