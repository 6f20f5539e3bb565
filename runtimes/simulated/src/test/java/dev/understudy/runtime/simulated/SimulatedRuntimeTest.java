package dev.understudy.runtime.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.InstanceState;
import dev.understudy.runtime.Live;
import dev.understudy.runtime.Release;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.Timeline;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedRuntimeTest {

    @Test
    void aRequestThatTakesTooLongTimesOutAndStillHasItsEffect() {
        SimulatedWorld slow = world(VersionModel.of("1.0", call -> {
                    call.work();
                    return call.on("db", tables -> {
                        tables.table("orders").put(Map.of("id", "late"));
                        return Reply.of(200);
                    });
                })
                .servingIn(Lognormal.always(Duration.ofSeconds(2))));
        Rehearsed.within(slow, 1, Set.of(), shop -> {
            Answer answer = shop.candidate().exchange(Request.get("gateway", "/"), Duration.ofMillis(10));

            assertThat(why(answer)).isEqualTo(Answer.Why.TIMED_OUT);
            assertThat(Rehearsed.amounts(shop.candidate())).isEmpty();
            shop.timeline().sleep(Duration.ofSeconds(3));
            assertThat(Rehearsed.amounts(shop.candidate())).hasSize(1);
        });
    }

    @Test
    void killingBreaksWhatIsUnderWayAndRefusesWhatComesAfter() {
        SimulatedWorld slow = world(VersionModel.of("1.0", call -> {
                    call.work();
                    return Reply.of(200);
                })
                .servingIn(Lognormal.always(Duration.ofSeconds(2))));
        Rehearsed.within(slow, 1, Set.of(), shop -> {
            Timeline.Fork<Answer> underWay = shop.timeline()
                    .fork("user", () -> shop.candidate().exchange(Request.get("gateway", "/"), Rehearsed.LONG));
            shop.timeline().sleep(Duration.ofMillis(100));

            shop.candidate().kill("gateway");

            assertThat(underWay.join())
                    .isInstanceOfSatisfying(
                            Answer.Unanswered.class,
                            answer -> assertThat(answer.why()).isEqualTo(Answer.Why.BROKEN));
            assertThat(shop.candidate().exchange(Request.get("gateway", "/"), Rehearsed.LONG))
                    .isInstanceOfSatisfying(
                            Answer.Unanswered.class,
                            answer -> assertThat(answer.why()).isEqualTo(Answer.Why.REFUSED));
        });
    }

    @Test
    void aVersionThatRefusesToStartIsUnhealthyWithItsReason() {
        SimulatedWorld picky = world(
                VersionModel.of("1.0", _ -> Reply.of(200)),
                VersionModel.of("2.0", _ -> Reply.of(200))
                        .refusing(stores -> Optional.of(stores.of("db").has("products") ? "products is too new" : "")));
        Rehearsed.within(picky, 1, Set.of(), shop -> {
            long began = shop.timeline().now();

            Arm.Deployed deployed = shop.candidate().deploy("gateway", Release.of("2.0"));

            assertThat(deployed.healthy()).isFalse();
            assertThat(deployed.evidence()).contains("products is too new");
            assertThat(shop.timeline().now() - began)
                    .isLessThan(Duration.ofSeconds(15).toNanos());
        });
    }

    @Test
    void aVersionThatIsSlowerThanItsHealthAllowsIsUnhealthyAtTheLimit() {
        SimulatedWorld slow = world(
                VersionModel.of("1.0", _ -> Reply.of(200)),
                VersionModel.of("2.0", _ -> Reply.of(200))
                        .taking(Lognormal.always(Duration.ofMinutes(2)), Lognormal.always(Duration.ZERO)));
        Rehearsed.within(slow, 1, Set.of(), shop -> {
            Arm.Deployed deployed = shop.candidate().deploy("gateway", Release.of("2.0"));

            assertThat(deployed.healthy()).isFalse();
            assertThat(deployed.starting()).isEqualTo(Duration.ofSeconds(15));
        });
    }

    @Test
    void instancesShareTheRequestsAndOneOfThemIsEnough() {
        SimulatedWorld twins = SimulatedWorld.named("twins", "gateway")
                .with(ServiceModel.http("gateway", VersionModel.of("1.0", call -> {
                            call.memory().merge("count", 1, (a, b) -> (int) a + (int) b);
                            return Reply.of(200)
                                    .with("Count", String.valueOf(call.memory().get("count")));
                        }))
                        .times(2))
                .with(ServiceModel.store("db", Tables::new));
        Rehearsed.within(twins, 1, Set.of(), shop -> {
            assertThat(shop.candidate().instances())
                    .filteredOn(i -> i.service().equals("gateway"))
                    .hasSize(2);
            for (int i = 1; i <= 4; i++) {
                Answer answer = shop.candidate().exchange(Request.get("gateway", "/"), Rehearsed.LONG);
                assertThat(((Answer.Answered) answer).headers().getFirst().value())
                        .isEqualTo(String.valueOf((i + 1) / 2));
            }
        });
    }

    @Test
    void liveThatDoesNotRunIsAnErrorUnlessItMayBeStarted() {
        SimulatedWorld idle = SampleWorlds.shop().notRunning();
        SimulatedTimeline timeline = new SimulatedTimeline(1);
        SimulatedRuntime runtime = new SimulatedRuntime(idle, timeline, 1);
        timeline.run(() -> {
            assertThatThrownBy(() -> runtime.discover(idle.topology(), false, EffectLog.NONE))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("gateway, catalogue, orders, payments, db");

            Live live = runtime.discover(idle.topology(), true, EffectLog.NONE);
            assertThat(live.instances()).hasSize(5).allMatch(InstanceState::healthy);

            live.close();
            assertThat(live.instances()).noneMatch(InstanceState::healthy);
            return live;
        });
    }

    @Test
    void anInterruptedRunCanStillUseItsArmsAndTakeThemDownWhenShielded() {
        Rehearsed.within(1, Set.of(), shop -> {
            shop.timeline().interrupt();
            assertThatThrownBy(() -> Rehearsed.order(shop.candidate(), "1.00"))
                    .isInstanceOf(Timeline.Interruption.class);

            shop.timeline().shielded(() -> {
                assertThat(Rehearsed.order(shop.candidate(), "1.00").status()).isEqualTo(201);
                assertThat(shop.candidate().deploy("orders", Release.of("1.0")).healthy())
                        .isTrue();
                assertThat(shop.shadow().dispose()).isEmpty();
            });
        });
    }

    @Test
    void aShadowThatNobodyDisposedIsCleaned() {
        Rehearsed.within(1, Set.of(), shop -> {
            assertThat(shop.runtime().clean()).isEmpty();
            assertThatThrownBy(shop::candidate).hasMessageContaining("gone");
        });
    }

    @Test
    void theTopologyDeclaresTheLinksOfTheWorld() {
        assertThat(SampleWorlds.shop().topology().links().stream().map(Object::toString))
                .containsExactly(
                        "gateway->catalogue", "gateway->orders", "catalogue->db", "orders->payments", "orders->db");
    }

    private static Answer.Why why(Answer answer) {
        return ((Answer.Unanswered) answer).why();
    }

    private static SimulatedWorld world(VersionModel version, VersionModel... others) {
        ServiceModel gateway = ServiceModel.http("gateway", version).calling("db");
        for (VersionModel other : others) {
            gateway = gateway.or(other);
        }
        return SimulatedWorld.named("small", "gateway")
                .with(gateway)
                .with(ServiceModel.store("db", SampleShop::database));
    }
}
