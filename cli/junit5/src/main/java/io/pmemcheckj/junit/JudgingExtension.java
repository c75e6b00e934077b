package io.pmemcheckj.junit;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;

/** Judges tests one by one, and what a class does around them. */
abstract class JudgingExtension
        implements BeforeAllCallback,
                AfterAllCallback,
                BeforeEachCallback,
                AfterTestExecutionCallback,
                AfterEachCallback,
                InvocationInterceptor {
    private static final ReentrantLock TURN = new ReentrantLock();

    private enum Key {
        SETTINGS,
        JUDGEMENT
    }

    private final ExtensionContext.Namespace namespace = ExtensionContext.Namespace.create(getClass());

    private Optional<Settings> settingsOf(ExtensionContext context) {
        return settings(context).map(settings -> settings.within(context::getConfigurationParameter));
    }

    /** How the tests of a class or method are judged, empty if they are not. */
    abstract Optional<Settings> settings(ExtensionContext context);

    @Override
    public final void beforeAll(ExtensionContext context) {
        // By a lock of its own: its tests may run in other threads.
        settingsOf(context).ifPresent(settings -> keep(context, settings.ofClass(), new ReentrantLock()));
    }

    @Override
    public final void afterAll(ExtensionContext context) {
        end(context);
    }

    @Override
    public final void beforeEach(ExtensionContext context) {
        Settings settings = settingsOf(context).orElse(null);
        if (settings != null && !isJudgedWithClass(context, settings)) {
            keep(context, settings, TURN);
        }
    }

    /** Not if the annotation is at the method: then nobody judges the class. */
    private boolean isJudgedWithClass(ExtensionContext context, Settings settings) {
        return settings.judged() == PmemChecked.Moment.AFTER_ALL
                && context.getStore(namespace).get(Key.JUDGEMENT) != null;
    }

    @Override
    public final void afterTestExecution(ExtensionContext context) {
        Settings settings = context.getStore(namespace).get(Key.SETTINGS, Settings.class);
        if (settings != null && settings.judged() == PmemChecked.Moment.AFTER_TEST) {
            end(context);
        }
    }

    @Override
    public final void afterEach(ExtensionContext context) {
        end(context);
    }

    private void keep(ExtensionContext context, Settings settings, ReentrantLock turn) {
        Judgement judgement = Judgement.begin(context.getDisplayName(), settings, turn);
        boolean leftToTests = turn != TURN && judgement.isRefused();
        if (judgement != null && !leftToTests) {
            context.getStore(namespace).put(Key.SETTINGS, settings);
            context.getStore(namespace).put(Key.JUDGEMENT, new Own(context, judgement));
        }
    }

    /** A store shows what those of the contexts around it hold, too. */
    private record Own(ExtensionContext context, Judgement judgement) {}

    private void end(ExtensionContext context) {
        Own own = context.getStore(namespace).get(Key.JUDGEMENT, Own.class);
        if (own != null && own.context.getUniqueId().equals(context.getUniqueId())) {
            context.getStore(namespace).remove(Key.JUDGEMENT);
            own.judgement.end(context.getExecutionException());
        }
    }

    @Override
    public final void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context) throws Throwable {
        Own factory = context.getStore(namespace).get(Key.JUDGEMENT, Own.class);
        Settings settings = context.getStore(namespace).get(Key.SETTINGS, Settings.class);
        if (factory == null || settings.judged() == PmemChecked.Moment.AFTER_ALL) {
            invocation.proceed();
            return;
        }
        Judgement judgement = Judgement.begin(context.getDisplayName(), settings, factory.judgement.turnOfParts());
        Throwable failure = null;
        try {
            invocation.proceed();
        } catch (Throwable e) {
            failure = e;
        }
        try {
            if (judgement != null) {
                judgement.end(Optional.ofNullable(failure));
            }
        } catch (AssertionError e) {
            if (failure == null) {
                throw e;
            }
            failure.addSuppressed(e);
        }
        if (failure != null) {
            throw failure;
        }
    }
}
