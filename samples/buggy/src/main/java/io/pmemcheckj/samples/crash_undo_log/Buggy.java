package io.pmemcheckj.samples.crash_undo_log;

import io.pmemcheckj.api.PmemCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.nio.mapmode.ExtendedMapMode;

// run: --emulate-pmem
// crash: --check-class io.pmemcheckj.samples.crash_undo_log.Check$OfBuggy
/**
 * Logs the old balance before each change, and all that in the right order. But its recovery restores from the oldest entry to
 * the newest: an account that was changed twice gets the balance between the changes.
 */
public final class Buggy {
    static final int ALICE = 64;
    static final int BOB = 128;
    private static final int ENTRIES = 192; // how many the log holds; each has account and old balance
    private static final int ENTRY = 64;

    private Buggy() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path file = folder.resolve("undo-log.dat"); // stays there: what a crash leaves of it is the point
        try (FileChannel channel = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                FileChannel names = FileChannel.open(folder)) {
            MappedByteBuffer bank = channel.map(ExtendedMapMode.READ_WRITE_SYNC, 0, 4096);
            channel.force(true);
            names.force(true);
            for (int i = 1; i <= 2; i++) {
                transfer(bank, 10, 1);
                PmemCheck.marker("transferred");
            }
        }
    }

    /** Two postings on the account that pays: the amount, and the fee. */
    private static void transfer(MappedByteBuffer bank, long amount, long fee) {
        set(bank, ALICE, bank.getLong(ALICE) - amount);
        set(bank, BOB, bank.getLong(BOB) + amount + fee);
        set(bank, ALICE, bank.getLong(ALICE) - fee);
        bank.force(ALICE, 128);
        bank.putLong(ENTRIES, 0);
        bank.force(ENTRIES, 8);
    }

    private static void set(MappedByteBuffer bank, int account, long balance) {
        long entries = bank.getLong(ENTRIES) + 1;
        int entry = ENTRIES + (int) entries * ENTRY;
        bank.putLong(entry, account);
        bank.putLong(entry + 8, bank.getLong(account));
        bank.force(entry, 16);
        bank.putLong(ENTRIES, entries); // finds: inconsistent-crash-state
        bank.force(ENTRIES, 8);
        bank.putLong(account, balance);
    }

    /** Undoes the transfer that a crash interrupted. */
    static void recover(ByteBuffer bank) {
        long entries = bank.getLong(ENTRIES);
        for (int i = 1; i <= entries; i++) {
            int entry = ENTRIES + i * ENTRY;
            bank.putLong((int) bank.getLong(entry), bank.getLong(entry + 8));
        }
    }
}
