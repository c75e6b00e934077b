package io.pmemcheckj.agent;

import java.io.File;
import java.net.URISyntaxException;

/** Where the agent's classes were loaded from. */
final class OwnJar {
    private OwnJar() {}

    /**
     * The jar, or the folder of classes in a build.
     *
     * @throws AgentException when the JVM does not tell
     */
    static File file() throws AgentException {
        try {
            return new File(OwnJar.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw AgentException.failure("cannot find the agent's jar: " + e, e);
        }
    }
}
