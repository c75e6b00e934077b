/** What judges a state: a command, a class in a process of its own, or what the program itself saw. */
package io.pmemcheckj.crash.check;
