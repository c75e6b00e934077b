package io.pmemcheckj.samples.crash_undo_log;

import io.pmemcheckj.api.CrashCheck;
import io.pmemcheckj.api.CrashImage;
import java.io.IOException;
import java.nio.ByteBuffer;

/** After recovery, each transfer that was acknowledged has been made, at most one more, and none by half. */
public abstract class Check implements CrashCheck {
    private static final long PAID = 11;

    /** With the recovery of {@link Buggy}. */
    public static final class OfBuggy extends Check {
        @Override
        void recover(ByteBuffer bank) {
            Buggy.recover(bank);
        }
    }

    /** With the recovery of {@link Fixed}. */
    public static final class OfFixed extends Check {
        @Override
        void recover(ByteBuffer bank) {
            Fixed.recover(bank);
        }
    }

    abstract void recover(ByteBuffer bank);

    @Override
    public void check(CrashImage image) throws IOException {
        ByteBuffer bank = image.map("undo-log.dat");
        recover(bank);
        long paid = -bank.getLong(Fixed.ALICE);
        long received = bank.getLong(Fixed.BOB);
        long acknowledged = image.markers().size() * PAID;
        if (paid != received || paid != acknowledged && paid != acknowledged + PAID) {
            throw new IllegalStateException(
                    "Alice paid " + paid + ", Bob received " + received + ", acknowledged are " + acknowledged);
        }
    }
}
