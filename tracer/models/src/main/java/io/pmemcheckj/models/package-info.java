/**
 * Models of libraries: what their methods and native functions do to mapped memory.
 *
 * <p>People write them in YAML ({@code rules/models}, {@code --models FILE}); rules/models/README.md describes the language. {@link
 * io.pmemcheckj.models.ModelCompiler} checks them and turns them into the few lines of plain text that the agent reads, which must
 * start fast and depend on nothing.
 */
package io.pmemcheckj.models;
