/**
 * The Maven plugin: gives the agent to the JVMs that run tests, and has the tool replay what they traced.
 *
 * <p>It decides nothing about findings; that is the tool's part, which runs as a process of its own.
 */
package io.pmemcheckj.maven;
