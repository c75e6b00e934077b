/** Which of the states that a crash can leave are looked at, and in which order. */
package io.pmemcheckj.crash.engine;
