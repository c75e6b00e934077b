/** Finds the source code of the traced program: in folders, projects and source jars. */
package io.pmemcheckj.report.sources;
