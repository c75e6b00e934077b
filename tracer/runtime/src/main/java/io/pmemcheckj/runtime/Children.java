package io.pmemcheckj.runtime;

import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Puts the JVMs that the program starts under the agent, too: a command {@code java} gets the agent as its first argument; for
 * any other, a script for example, a variable is set that the launcher of a JVM below it reads. Any fault here leaves the
 * command as it is.
 */
public final class Children {
    private static final String VARIABLE = "JDK_JAVA_OPTIONS";
    private static final String AGENT = "-javaagent:";
    private static final int OLDEST = 17;
    private static final int NEWEST = 25;

    private static volatile String jar;
    private static String options;

    private Children() {}

    /**
     * Follows from now on.
     *
     * @param agentJar path of the agent
     * @param agentOptions options for the agent of a child
     */
    static void follow(String agentJar, String agentOptions) {
        options = agentOptions;
        jar = agentJar;
    }

    /**
     * Called with the arguments of {@code ProcessImpl.start}.
     *
     * @return the command to start in its place
     */
    public static String[] command(String[] command, Map<String, String> environment, String folder) {
        if (jar == null) {
            return command;
        }
        try {
            if (!isJava(command) || isOurs(command) || isInVariable(environment) || !isSupported(command[0], folder)) {
                return command;
            }
            String[] followed = new String[command.length + 1];
            followed[0] = command[0];
            followed[1] = AGENT + jar + "=" + options;
            System.arraycopy(command, 1, followed, 2, command.length - 1);
            return followed;
        } catch (Throwable e) {
            notFollowed(command[0], e.toString());
            return command;
        }
    }

    /**
     * The same for the environment.
     *
     * @return the environment to start the command in; null stands for that of this process
     */
    public static Map<String, String> environment(String[] command, Map<String, String> environment) {
        if (jar == null) {
            return environment;
        }
        try {
            if (isJava(command) || isOurs(command) || isInVariable(environment)) {
                return environment;
            }
            Map<String, String> followed = environment != null ? copyOf(environment) : copyOfOwn();
            String given = followed.get(VARIABLE);
            String agent = "\"" + AGENT + jar + "=" + options + "\"";
            followed.put(VARIABLE, given == null || given.isEmpty() ? agent : given + " " + agent);
            return followed;
        } catch (Throwable e) {
            notFollowed(command[0], e.toString());
            return environment;
        }
    }

    private static boolean isJava(String[] command) {
        return command.length > 0 && new File(command[0]).getName().equals("java");
    }

    /** What we start ourselves, and what is under our agent already. */
    private static boolean isOurs(String[] command) {
        for (int i = 0; i < command.length; i++) {
            if (command[i].equals(jar) || command[i].startsWith(AGENT + jar)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInVariable(Map<String, String> environment) {
        String value = environment == null ? System.getenv(VARIABLE) : environment.get(VARIABLE);
        return value != null && value.contains(AGENT + jar);
    }

    /** A JVM that the agent does not support would not start with it. */
    private static boolean isSupported(String java, String folder) throws Exception {
        Path executable = executable(java, folder);
        if (Files.notExists(executable)) {
            return false; // nothing will start
        }
        Path home = executable.toRealPath().getParent().getParent();
        if (home.equals(Path.of(System.getProperty("java.home")).toRealPath())) {
            return true;
        }
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release)) {
            notFollowed(java, "there is no file " + release + " that tells its version");
            return false;
        }
        int version = version(Files.readString(release));
        if (version < OLDEST || version > NEWEST) {
            notFollowed(java, "Java " + version + " is not supported");
            return false;
        }
        return true;
    }

    private static Path executable(String java, String folder) {
        if (java.indexOf('/') >= 0) {
            return folder == null ? Path.of(java) : Path.of(folder).resolve(java);
        }
        String[] path = String.valueOf(System.getenv("PATH")).split(File.pathSeparator);
        for (int i = 0; i < path.length; i++) {
            Path candidate = Path.of(path[i]).resolve(java);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("not in the PATH");
    }

    /** The feature release in {@code JAVA_VERSION="17.0.15"}. */
    private static int version(String release) {
        int start = release.indexOf("JAVA_VERSION=\"") + "JAVA_VERSION=\"".length();
        int end = start;
        while (end < release.length() && Character.isDigit(release.charAt(end))) {
            end++;
        }
        return Integer.parseInt(release.substring(start, end));
    }

    /** A map of the kind that the JDK hands to the system, with what this process has. */
    @SuppressWarnings("unchecked")
    private static Map<String, String> copyOfOwn() throws ReflectiveOperationException {
        Method copy = Class.forName("java.lang.ProcessEnvironment").getDeclaredMethod("environment");
        copy.setAccessible(true);
        return (Map<String, String>) copy.invoke(null);
    }

    /** The same of an environment that the program goes on using, with bytes in it that no text can have. */
    @SuppressWarnings("unchecked")
    private static Map<String, String> copyOf(Map<String, String> environment) throws ReflectiveOperationException {
        Map<String, String> copy = copyOfOwn();
        Field content = copy.getClass().getDeclaredField("m");
        content.setAccessible(true);
        Map<Object, Object> entries = (Map<Object, Object>) content.get(copy);
        entries.clear();
        entries.putAll((Map<Object, Object>) content.get(environment));
        return copy;
    }

    private static void notFollowed(String command, String reason) {
        Start.gap("a process that the program started is not traced: " + command + ": " + reason);
    }
}
