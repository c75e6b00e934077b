import com.alipay.sofa.jraft.storage.impl.RocksDBLogStorage.WriteContext;
import com.alipay.sofa.jraft.storage.log.SegmentFile;
import com.alipay.sofa.jraft.storage.log.SegmentFile.SegmentFileOptions;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A segment file of jraft's log storage: written by a pool, forced, cut, opened again. */
public final class JraftSegment {
    private JraftSegment() {}

    public static void main(String[] args) throws Exception {
        String path = Path.of(args[0]).resolve("segment").toString();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(2, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        WriteContext context = new WriteContext() {};
        SegmentFile segment = new SegmentFile(1 << 20, path, pool);
        System.out.println("new " + segment.init(SegmentFileOptions.builder().setNewFile(true).setSync(true).setPos(0).build()));
        int[] at = new int[200];
        for (int i = 0; i < at.length; i++) {
            byte[] entry = ("entry " + i).getBytes();
            at[i] = segment.write(i, entry, context);
            segment.setLastLogIndex(i);
        }
        pool.submit(() -> {}).get();
        while (pool.getCompletedTaskCount() < pool.getTaskCount()) {
            Thread.sleep(1);
        }
        segment.sync(true);
        segment.truncateSuffix(at[150], 149, true);
        System.out.println(new String(segment.read(149, at[149])));
        segment.shutdown();
        SegmentFile again = new SegmentFile(1 << 20, path, pool);
        System.out.println("again " + again.init(SegmentFileOptions.builder().setNewFile(false).setLastFile(true).setRecover(true).setSync(true).setPos(at[150]).build()));
        System.out.println(again.getWrotePos());
        again.shutdown();
        pool.shutdown();
    }
}
