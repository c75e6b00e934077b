import io.pmemcheckj.api.CrashCheck;
import io.pmemcheckj.api.CrashImage;

/** Its constructor throws. */
public final class Failing implements CrashCheck {
    public Failing() {
        throw new IllegalStateException("not today");
    }

    @Override
    public void check(CrashImage image) {}
}
