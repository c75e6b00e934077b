package io.pmemcheckj.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutTest {
    @TempDir
    Path folder;

    @Test
    void pathsBeginAtTheRootOfTheRepository() throws IOException {
        Files.createDirectory(folder.resolve(".git"));
        Path module = Files.createDirectories(folder.resolve("libs/store"));
        assertEquals(new Checkout(folder, "libs/store/"), Checkout.of(module));
        assertEquals(new Checkout(folder, ""), Checkout.of(folder));
    }

    @Test
    void aWorkTreeIsARepository() throws IOException {
        Files.writeString(folder.resolve(".git"), "gitdir: /elsewhere\n");
        assertEquals(folder, Checkout.of(folder).root());
    }

    @Test
    void withoutARepositoryTheyBeginHere() {
        assertEquals(new Checkout(folder, ""), Checkout.of(folder));
    }
}
