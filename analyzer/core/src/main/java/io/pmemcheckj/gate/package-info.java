/** Which findings count: suppressions, baselines, and what is new between two reports. */
package io.pmemcheckj.gate;
