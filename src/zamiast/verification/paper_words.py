"""The words of paper codes: short, common, unlike one another on the telephone; 128 a language.

Their order is part of every sheet that was printed: never change it.
"""

from __future__ import annotations

_PL = """
agrest akacja altana amulet atrament bagaż bajka balon barka bębenek biblioteka biedronka błękit
bocian bukiet butelka chmura choinka chusta ciasto cukier czapka czereśnia dąbrowa deszcz
diament dolina drabina dworzec dywan dzwonek echo fajerwerk farba fasola firanka flaga fontanna
fotel gałązka gitara gniazdo góral grzebień gwiazda harfa herbata huśtawka igła iskra jabłko
jaskinia jezioro kalosze kanapa kapelusz karuzela kasztan klucz kogut kolejka komin koszyk
księżyc kwiaciarnia lampa latarnia lawenda leszczyna lornetka łabędź łódka łyżka magnolia malina
mapa marchew młynek morze motyl muszla namiot naszyjnik niebo notatnik obłok ogórek okno orzech
ołówek pałac parasol pejzaż piekarnia pióro płomień poduszka pomost porzeczka poranek ratusz
rękawica rosa rower rzeka sad sanki skrzypce słonecznik sowa spacer szalik szuflada ścieżka
śnieg talerz teatr topola trąbka tulipan walizka wiatrak wiśnia witraż wodospad zamek zegar
żaglówka
"""

_EN = """
acorn almond anchor apple apron autumn balcony balloon bamboo banjo basket beacon bicycle
blanket blossom bottle bracelet bridge bucket butter button cabin camera candle canyon carpet
castle cedar cello cherry chimney circus clover cobweb coconut comet compass copper cotton
cradle cricket crystal curtain daisy desert dolphin donkey drawer drum eagle ember engine
feather fern fiddle flannel flower forest fountain garden garlic ginger glacier goblet grape
hammer harbour harvest hazel hedgehog helmet honey island ivory jacket jasmine kettle kitten
ladder lagoon lantern lavender lemon lilac lobster magnet maple marble meadow melon mirror
mitten moon mountain napkin needle nutmeg oasis olive orchard otter oyster paddle parrot pebble
pepper pillow planet pocket poppy puzzle quilt rabbit raisin ribbon river rocket saddle sandal
scarf shadow silver spoon statue sunset thimble tiger timber
"""

_UK = """
абрикос акація альбом апельсин базар балкон барабан барвінок береза бібліотека блокнот борщ
бджола ведмідь верба веселка вечір виноград вишня вогник водоспад ворота гарбуз гвинтик гніздо
голка горіх гребінь груша гітара гірка дзвоник дзеркало дощ драбина дуб ґанок ґудзик джерело
диван дорога жайворонок жолудь журавель завіса заметіль замок зірка зошит іграшка іскра їжак
калина камінь капелюх картина каструля каштан квітка килим клен ключ ковдра колиска колодязь
комета кошик крапля криниця кульбаба лампа лебідь левада лелека лимон липа листок ліхтар ложка
лялька малина мапа маяк метелик місяць млин море мушля намисто небо ніч озеро окуляри олівець
острів павук палац парасоля перлина пісня подушка полин потяг птах равлик ранок річка роса
рушник садок сани светр свічка скрипка сніг сова сонце соняшник сопілка стежка стріла сукня
тарілка театр тополя троянда тюльпан хмара
"""

WORDS = {
    language: tuple(words.split()) for language, words in (("pl", _PL), ("en", _EN), ("uk", _UK))
}
