package io.pmemcheckj.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Has the JVMs that Surefire and Failsafe fork trace what they store, flush and fence: puts the agent in front of the
 * property that both take their JVM arguments from.
 *
 * <p>Where the pom configures {@code argLine} itself, it has to hold {@code @{argLine}}.
 */
@Mojo(name = "prepare-agent", defaultPhase = LifecyclePhase.INITIALIZE, threadSafe = true)
public final class PrepareAgentMojo extends PmemCheckMojo {

    /** Property that gets the agent, in front of what it holds. */
    @Parameter(property = "pmemcheck-j.propertyName", defaultValue = "argLine")
    private String propertyName;

    /**
     * Lets {@code READ_WRITE_SYNC} mappings work on any file system, and count as persistent memory: {@code true}, or the
     * folders below which, with commas between. Folders that are missing are created.
     */
    @Parameter(property = "pmemcheck-j.emulatePmem", defaultValue = "false")
    private String emulatePmem;

    /** Records the bytes stored, too. */
    @Parameter(property = "pmemcheck-j.values", defaultValue = "false")
    private boolean values;

    /** Records loads, and what synchronizes threads, too. */
    @Parameter(property = "pmemcheck-j.loads", defaultValue = "false")
    private boolean loads;

    /** Proves that no store was missed; records values. */
    @Parameter(property = "pmemcheck-j.audit", defaultValue = "false")
    private boolean audit;

    /** Traces the JVMs that tests start, too. */
    @Parameter(property = "pmemcheck-j.followChildren", defaultValue = "false")
    private boolean followChildren;

    /** Call stacks in findings: {@code site}, {@code sampled} or {@code full}. */
    @Parameter(property = "pmemcheck-j.stacks")
    private String stacks;

    /** What an expectation that does not hold does besides the report: {@code fail-tests} or {@code report}. */
    @Parameter(property = "pmemcheck-j.expectations")
    private String expectations;

    /** Models of libraries, which add to those that ship. */
    @Parameter(property = "pmemcheck-j.models")
    private List<File> models = new ArrayList<>();

    @Override
    void run() throws MojoExecutionException {
        if (new Prepared(getPluginContext()).first()) { // a second execution of this build has the same traces
            traces().empty();
        }
        String argument = argument();
        Properties properties = project().getProperties();
        String before = properties.getProperty(propertyName, "");
        properties.setProperty(propertyName, before.isBlank() ? argument : argument + " " + before);
        getLog().info(propertyName + " set to " + properties.getProperty(propertyName));
    }

    private String argument() throws MojoExecutionException {
        Path jar = toolJar();
        if (jar.toString().indexOf('=') >= 0) {
            throw new MojoExecutionException("the JVM takes no agent with an equals sign in its path, " + jar
                    + "; put the local repository elsewhere (-Dmaven.repo.local)");
        }
        return quoted("-javaagent:" + jar + "=" + String.join(",", options()));
    }

    private List<String> options() throws MojoExecutionException {
        List<String> options = new ArrayList<>();
        options.add("keep-trace=" + traces().nameForAgent());
        if (!emulatePmem.equals("false")) {
            options.add(emulatePmem.equals("true") ? "emulate-pmem" : "emulate-pmem=" + folders(emulatePmem));
        }
        flag(options, "values", values);
        flag(options, "loads", loads);
        flag(options, "audit", audit);
        flag(options, "follow-children", followChildren);
        choice(options, "stacks", stacks);
        choice(options, "expectations", expectations);
        for (File model : models) {
            options.add("models=" + existing(model));
        }
        return options;
    }

    private static void flag(List<String> options, String name, boolean set) {
        if (set) {
            options.add(name);
        }
    }

    private static void choice(List<String> options, String name, String value) {
        if (value != null) {
            options.add(name + "=" + value);
        }
    }

    /** The agent asks for folders that are there, and {@code clean} has just removed what is below target. */
    private String folders(String list) throws MojoExecutionException {
        List<String> folders = new ArrayList<>();
        for (String name : list.split(",")) {
            Path folder = project().getBasedir().toPath().resolve(name.trim());
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new MojoExecutionException("emulatePmem: cannot create folder " + folder + ": " + e, e);
            }
            folders.add(folder.toString());
        }
        return String.join(":", folders);
    }

    private static File existing(File model) throws MojoExecutionException {
        if (!model.isFile()) {
            throw new MojoExecutionException("models: no such file: " + model);
        }
        return model;
    }

    /** As Surefire splits the line into words: at spaces that no quotes enclose. */
    private static String quoted(String word) throws MojoExecutionException {
        if (word.chars().noneMatch(c -> c == ' ' || c == '\'')) {
            return word;
        }
        if (word.indexOf('"') >= 0) {
            throw new MojoExecutionException("cannot pass a path with a quotation mark to a forked JVM: " + word);
        }
        return '"' + word + '"';
    }
}
