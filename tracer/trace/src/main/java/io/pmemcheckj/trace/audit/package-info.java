/** The proof that no store was missed: values replayed over copies of the mapped files, compared with the files. */
package io.pmemcheckj.trace.audit;
