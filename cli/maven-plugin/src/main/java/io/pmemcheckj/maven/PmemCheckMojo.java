package io.pmemcheckj.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** What all goals have in common. */
abstract class PmemCheckMojo extends AbstractMojo {
    private static final String TOOL = "io.pmemcheckj:pmemcheck-j";

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${plugin.artifactMap}", readonly = true, required = true)
    private Map<String, Artifact> pluginArtifacts;

    /** Nothing is traced and nothing checked. */
    @Parameter(property = "pmemcheck-j.skip", defaultValue = "false")
    private boolean skip;

    /** Folder of the reports; the traces are in its folder {@code traces}. */
    @Parameter(property = "pmemcheck-j.reportDir", defaultValue = "${project.build.directory}/pmemcheck-j")
    private File reportDir;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("pmemcheck-j is skipped, as pmemcheck-j.skip says");
            return;
        }
        run();
    }

    abstract void run() throws MojoExecutionException, MojoFailureException;

    final MavenProject project() {
        return project;
    }

    final Path reportDir() {
        return reportDir.toPath();
    }

    final TraceFolder traces() {
        return new TraceFolder(reportDir().resolve("traces"));
    }

    /** The one jar that is agent and command line. */
    final Path toolJar() throws MojoExecutionException {
        Artifact tool = pluginArtifacts.get(TOOL);
        if (tool == null || tool.getFile() == null) {
            throw new MojoExecutionException("the plugin's dependency " + TOOL + " was not resolved");
        }
        return tool.getFile().toPath().toAbsolutePath();
    }
}
