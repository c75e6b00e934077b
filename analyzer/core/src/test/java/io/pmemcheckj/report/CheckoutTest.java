package io.pmemcheckj.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    void filesElsewhereInTheRepositoryHaveAPathToo() {
        Checkout checkout = new Checkout(Path.of("/srv/app"), "store/");
        assertEquals(Optional.of("store/Log.java"), checkout.path(file("Log.java", true)));
        assertEquals(Optional.of("core/Log.java"), checkout.path(file("/srv/app/core/Log.java", false)));
        assertEquals(Optional.empty(), checkout.path(file("/srv/other/Log.java", false)));
        assertEquals(Optional.empty(), checkout.path(file("log-sources.jar!/Log.java", false)));
        assertEquals(Optional.empty(), checkout.path(file("/srv/app/log-sources.jar!/Log.java", false)));
    }

    private static Sources.SourceFile file(String path, boolean inTree) {
        return new Sources.SourceFile(path, inTree, List.of());
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
