/**
 * The process in which the classes of users judge states. It stands on their class path, so it needs nothing but the JDK and
 * the API.
 */
package io.pmemcheckj.crash.worker;
