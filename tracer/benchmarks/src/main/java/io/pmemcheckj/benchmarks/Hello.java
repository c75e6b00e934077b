package io.pmemcheckj.benchmarks;

/** The smallest program: what a start costs. */
public final class Hello {
    private Hello() {}

    public static void main(String[] args) {
        System.out.println("hello");
    }
}
