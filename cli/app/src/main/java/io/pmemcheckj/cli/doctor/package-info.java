/**
 * {@code pmemcheck-j doctor}: what a machine and a path on it offer to a program that keeps data in mapped files.
 *
 * <p>A {@link io.pmemcheckj.cli.doctor.Machine} is read by small readers, one a subject, into a
 * {@link io.pmemcheckj.cli.doctor.Diagnosis}, which is printed as text or JSON. Nothing here changes the machine.
 */
package io.pmemcheckj.cli.doctor;
