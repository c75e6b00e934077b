package io.pmemcheckj.agent.model;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** The jar or folder that a class comes from. */
final class Artifact {
    private Artifact() {}

    /** Where a class comes from, null if that is not known. */
    static String place(ProtectionDomain domain) {
        CodeSource source = domain == null ? null : domain.getCodeSource();
        return source == null || source.getLocation() == null
                ? null
                : source.getLocation().toString();
    }

    /** Whether a class file is in the jar or folder of a place. */
    static boolean holds(String place, URL classFile) {
        String url = classFile.toString();
        return url.startsWith(place) || url.startsWith("jar:" + place);
    }

    static URL classFile(ClassLoader loader, String className) {
        String path = className + ".class";
        return loader == null ? ClassLoader.getSystemResource(path) : loader.getResource(path);
    }

    /**
     * Version of a library.
     *
     * @param artifact {@code group:artifact}
     * @param place where its classes come from, or null
     * @return null if it cannot be told
     */
    static String version(ClassLoader loader, String artifact, String place) {
        String path = "META-INF/maven/" + artifact.replace(':', '/') + "/pom.properties";
        try (InputStream in =
                loader == null ? ClassLoader.getSystemResourceAsStream(path) : loader.getResourceAsStream(path)) {
            if (in != null) {
                Properties properties = new Properties();
                properties.load(in);
                return properties.getProperty("version");
            }
        } catch (IOException e) {
            // the jar may say it elsewhere
        }
        return place != null && place.startsWith("file:") && place.endsWith(".jar")
                ? versionOfJar(new File(URI.create(place)), artifact.substring(artifact.indexOf(':') + 1))
                : null;
    }

    /** By its name, as build tools give it, or else by what its manifest says. */
    private static String versionOfJar(File file, String artifactId) {
        String name = file.getName();
        String prefix = artifactId + "-";
        if (name.startsWith(prefix)
                && name.length() > prefix.length()
                && Character.isDigit(name.charAt(prefix.length()))) {
            return name.substring(prefix.length(), name.length() - ".jar".length());
        }
        try (JarFile jar = new JarFile(file)) {
            if (jar.getManifest() != null) {
                Attributes attributes = jar.getManifest().getMainAttributes();
                String version = attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
                return version == null ? attributes.getValue("Bundle-Version") : version;
            }
        } catch (IOException e) {
            // then it is not known
        }
        return null;
    }
}
