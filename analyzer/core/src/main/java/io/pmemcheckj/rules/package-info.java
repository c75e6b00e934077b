/** One class a rule: each listens to the replay and reports what the code at a place did. */
package io.pmemcheckj.rules;
