import java.io.IOException;
import java.io.InputStream;

/** Runs a class in a class loader that pretends there is no class of pmemcheck-j, as a strict plugin container does. */
public final class HidingLoader extends ClassLoader {
    private HidingLoader() {
        super("hiding", ClassLoader.getPlatformClassLoader());
    }

    public static void main(String[] args) throws Exception {
        Class<?> guest = new HidingLoader().loadClass("guest.Guest");
        System.out.println("loaded by " + guest.getClassLoader().getName());
        guest.getMethod("main", String[].class).invoke(null, (Object) args);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("io.pmemcheckj")) {
            throw new ClassNotFoundException(name);
        }
        return super.loadClass(name, resolve);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try (InputStream bytes = ClassLoader.getSystemResourceAsStream(name.replace('.', '/') + ".class")) {
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] code = bytes.readAllBytes();
            return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
