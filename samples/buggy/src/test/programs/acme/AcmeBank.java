import com.acme.tx.Node;
import com.acme.tx.Store;
import java.nio.file.Path;

/**
 * Uses a library that a model describes, rightly and wrongly.
 *
 * <p>Arguments: folder.
 */
public final class AcmeBank {
    private AcmeBank() {}

    public static void main(String[] args) throws Exception {
        Store store = new Store(Path.of(args[0], "store"));
        Node root = store.root();
        correct(store, root);
        buggy(store, root);
        System.out.println(root.get(0) + " " + root.get(64) + " " + (store.allocate(4096) == null));
    }

    private static void correct(Store store, Node root) {
        store.begin();
        store.snapshot(root, 0, 8);
        root.put(0, 1);
        store.set(root, 64, 2);
        store.set(root, 64, 3);
        store.allocate(128).put(8, 4);
        store.commit();

        root.put(128, 5);
        store.sync(root, 128, 4);

        store.begin();
        store.snapshot(root, 192, 4);
        root.put(192, 6);
        store.rollback();
    }

    private static void buggy(Store store, Node root) {
        try {
            store.logInNoRoom(); // what a constructor that throws leaves behind must not hide what follows
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
        }
        root.put(256, 1); // finds: unflushed-store bytes=4

        store.begin();
        store.snapshot(root, 320, 4); // finds: redundant-logging bytes=4
        root.put(324, 2); // finds: unlogged-store bytes=4
        store.commit();

        store.breakSync(true);
        root.put(384, 3);
        store.sync(root, 384, 4); // finds: failed-flush bytes=4
        root.put(448, 4);
        try {
            store.syncEnd(root); // finds: failed-flush bytes=4
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
        }
        store.breakSync(false);
    }
}
