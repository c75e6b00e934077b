package io.pmemcheckj.cli.programs;

/** Says when it is up, runs until it is told to stop, and says that it was. */
public final class Service {
    private Service() {}

    public static void main(String[] args) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("stopping")));
        System.out.println("up");
        Thread.sleep(120_000);
    }
}
