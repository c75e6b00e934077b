import io.pmemcheckj.api.CrashCheck;
import io.pmemcheckj.api.CrashImage;

/** Cannot be made without an argument. */
public final class NoConstructor implements CrashCheck {
    public NoConstructor(String name) {}

    @Override
    public void check(CrashImage image) {}
}
