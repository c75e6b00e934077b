package io.pmemcheckj.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Fails a JUnit Jupiter test whose code leaves something unpersisted, or breaks another rule of {@code pmemcheck-j explain}, with the
 * finding as the message. On a class it holds for every test in it, those of {@code @Nested} classes and subclasses too.
 *
 * <p>A test is judged as if it was a program of its own: everything that was stored between its beginning and its end, by
 * whichever thread, must be persistent at its end. What was stored before is nobody's fault. Each invocation of a
 * parameterized or repeated test, and each dynamic test, is judged by itself. A test that fails anyway keeps its failure,
 * with the finding suppressed in it; one that is aborted is not judged.
 *
 * <p>What is stored around the tests of an annotated class (by the constructor, {@code @BeforeAll}, {@code @AfterAll}) counts
 * for the class, and must be persistent at its end; its tests may do that.
 *
 * <p>Where the JVM is not traced, the agent is attached to it when the first annotated class or test begins. What was stored before is
 * not seen. No other test runs at the same time as an annotated one.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(PmemExtension.class)
@ResourceLock(Resources.GLOBAL)
public @interface PmemChecked {
    /** How bad a finding is. */
    enum Severity {
        /** Data can be lost or inconsistent. */
        ERROR,
        /** Probably wrong, or costs much. */
        WARNING,
        /** Everything that is found. */
        NOTE
    }

    /** When a test is judged. */
    enum Moment {
        /** After the test method, before {@code @AfterEach} methods. */
        AFTER_TEST,
        /** After the {@code @AfterEach} methods. */
        AFTER_EACH,
        /** All tests of the class together, after the {@code @AfterAll} methods; for tests that build upon each other. */
        AFTER_ALL
    }

    /** The test fails from this severity on. */
    Severity failOn() default Severity.ERROR;

    /** Rules to switch on ({@code +ID}) or off ({@code -ID}). */
    String[] rules() default {};

    /** Globs of mapped files that count, by path or file name; all if there is none. */
    String[] segments() default {};

    /** Globs of mapped files that do not count. */
    String[] excludeSegments() default {};

    /** What makes a store durable: {@code auto}, {@code adr}, {@code eadr} or {@code page-cache}. */
    String domain() default "auto";

    /** Folders below which {@code READ_WRITE_SYNC} maps work on any file system, and count as persistent memory; {@code *} for everywhere. */
    String[] emulatePmem() default {};

    /** When the test is judged. */
    Moment judged() default Moment.AFTER_EACH;

    /** Whether a test may map a file for writing and store nothing. Otherwise it fails, as nothing was checked. */
    boolean mayStoreNothing() default false;
}
